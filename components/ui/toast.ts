"use client"; // Toasts exist only in a browser.

export { toast } from "sonner";
