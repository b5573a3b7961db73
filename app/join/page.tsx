import type { Metadata } from "next";
import { JoinPage } from "@/components/join/join-page";

// Not to be found: what stands in the address belongs to one person.
export const metadata: Metadata = { title: "Join", robots: { index: false } };

/** Reached by an invite's link; its secret stands behind the `#`, which only the browser sees. */
export default function Page() {
  return <JoinPage />;
}
