import { redirect } from "next/navigation";
import { landingPath } from "#app/_lib/landing.ts";

export default async function HomePage() {
  redirect(await landingPath());
}
