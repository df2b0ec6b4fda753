"use client"; // Speaks to another window.

import { useEffect } from "react";
import { tellProven } from "#app/_parts/proof-channel.ts";

export function TellProven() {
  useEffect(() => tellProven(), []);
  return null;
}
