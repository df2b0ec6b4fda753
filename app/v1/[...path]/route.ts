import { api } from "#app/_lib/api.ts";
import { handleDialect } from "#core/api/dialect/handle-dialect.ts";

const base = "/v1";

export const GET = api(handleDialect, base);
export const POST = api(handleDialect, base);
export const PUT = api(handleDialect, base);
export const DELETE = api(handleDialect, base);
