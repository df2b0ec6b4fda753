"use client"; // Toasts exist only in a browser.

import type { ReactNode } from "react";

type Options = { description?: ReactNode; duration?: number; action?: { label: ReactNode; onClick: () => void } };
export type Toast = { kind: "success" | "error" | "info" | "warning"; message: string; options?: Options };

let print: ((toast: Toast) => void) | null = null;
let loadPrinter: () => void = () => undefined;
const waiting: Toast[] = [];

/** The place where messages appear says here how it is brought up: its code is loaded with the first message. */
export function onFirstToast(load: () => void): void {
  loadPrinter = load;
}

/** That place is up: it gets what has waited and all that comes. */
export function printToasts(printer: (toast: Toast) => void): void {
  print = printer;
  for (const one of waiting.splice(0)) printer(one);
}

function show(kind: Toast["kind"], message: string, options?: Options): void {
  const one = { kind, message, ...(options ? { options } : {}) };
  if (print) print(one);
  else {
    waiting.push(one);
    loadPrinter();
  }
}

/** A short message at the edge of the screen. Nothing that must be read is said only here. */
export const toast = {
  success: (message: string, options?: Options) => show("success", message, options),
  error: (message: string, options?: Options) => show("error", message, options),
  info: (message: string, options?: Options) => show("info", message, options),
  warning: (message: string, options?: Options) => show("warning", message, options),
};
