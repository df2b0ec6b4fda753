import postgres from "postgres";
import type { TestProject } from "vitest/node";
import { driverOptions } from "#db/driver-options.ts";
import { migrate } from "#db/migrate.ts";
import { startTemporaryPostgres } from "../scripts/postgres.mjs";
import { memoryFolder } from "../scripts/test/memory-folder.mjs";

declare module "vitest" {
  export interface ProvidedContext {
    /** A user that may create databases. */
    postgresUrl: string;
    templateDatabase: string;
  }
}

/**
 * Runs once before all test files: starts a Postgres of its own (or takes the one of DATABASE_URL_TEST) and migrates one
 * template database, which each test file then copies.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.DATABASE_URL_TEST;
  const server = given ? { url: given, stop: async () => undefined } : await startTemporaryPostgres(memoryFolder());
  const templateDatabase = `gatehouse_template_${process.pid}`;
  const admin = postgres(server.url, { ...driverOptions, max: 1, onnotice: () => undefined });
  try {
    await admin.unsafe(`create database ${templateDatabase}`);
    const template = new URL(server.url);
    template.pathname = `/${templateDatabase}`;
    await migrate(template.href);
  } catch (error) {
    await admin.end();
    await server.stop();
    throw error;
  }
  project.provide("postgresUrl", server.url);
  project.provide("templateDatabase", templateDatabase);

  return async () => {
    await admin.unsafe(`drop database if exists ${templateDatabase} with (force)`);
    await admin.end();
    await server.stop();
  };
}
