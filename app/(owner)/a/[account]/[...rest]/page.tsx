import { notFound } from "next/navigation";

/** Any address below an account that is no page: a miss inside the account's frame. */
export default function NoSuchPage(): never {
  notFound();
}
