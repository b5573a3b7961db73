const WORDS: Record<string, string> = {
  email_not_verified:
    "The provider has not verified your e-mail address, so it does not count as yours. Verify it there and try again.",
  not_invited:
    "There is no account with this e-mail address here. Open the link of your invite first, or ask an admin of this console for one.",
  person_disabled: "This account is disabled. An admin can enable it again.",
  account_not_linked:
    "There is an account with this e-mail address that is not verified here. Sign in with its password.",
  access_denied: "The provider says that you did not allow it. Try again, or sign in with a password.",
  state_mismatch: "That sign-in was begun in another browser, or too long ago. Try again.",
  state_not_found: "That sign-in was begun in another browser, or too long ago. Try again.",
  email_not_found: "The provider did not tell your e-mail address, and without it nobody is known here.",
};

/** What a provider's sign-in ended with, in words; null when nothing is wrong. Unknown codes say no more. */
export function describeSignInProblem(code: string | undefined): string | null {
  if (!code) return null;
  return WORDS[code] ?? "Signing in with that provider did not work. Try again, or sign in with a password.";
}
