import { api } from "#app/_lib/api.ts";

export const GET = api();
export const POST = api();
export const PUT = api();
export const PATCH = api();
export const DELETE = api();
