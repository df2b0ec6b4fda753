import "server-only";
import { notFound } from "next/navigation";
import { AppError } from "#core/frame/errors.ts";

/** For pages: a miss, and an id that is none, are a 404; anything else goes to the error boundary. */
export async function foundOr404<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof AppError && (error.code === "not_found" || error.code === "invalid")) notFound();
    throw error;
  }
}
