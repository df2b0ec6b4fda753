import { redirect } from "next/navigation";

/** The queue is where the work begins. */
export default function StaffPage() {
  redirect("/staff/cases");
}
