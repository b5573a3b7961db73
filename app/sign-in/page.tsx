import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getServer } from "@/app/api/server";
import { readViewer } from "@/app/viewer";
import { SignInPage } from "@/components/sign-in/sign-in-page";
import { describeSignInProblem } from "@/lib/auth/describe-sign-in-problem";
import { localPath } from "@/lib/contracts/local-path";

export const metadata: Metadata = { title: "Sign in" };

type Search = Record<string, string | string[] | undefined>;

/** The way in. Whoever is in already goes on to where they wanted. */
export default async function Page({ searchParams }: { searchParams: Promise<Search> }) {
  const search = await searchParams;
  const to = localPath(firstOf(search.to));
  const viewer = await readViewer();
  if (viewer?.email) redirect(to);
  return (
    <SignInPage
      to={to}
      problem={describeSignInProblem(firstOf(search.error))}
      providers={getServer().signInProviders}
    />
  );
}

function firstOf(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
