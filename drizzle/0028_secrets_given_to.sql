-- Secrets from before it was kept who saw them count as their token's maker's; from now on null is nobody.
UPDATE "token_secret" SET "given_to_user_id" = "token"."created_by_user_id" FROM "token"
WHERE "token"."id" = "token_secret"."token_id" AND "token_secret"."given_to_user_id" IS NULL AND "token"."created_by_user_id" IS NOT NULL;
