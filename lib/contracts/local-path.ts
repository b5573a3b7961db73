const BASE = "https://backcourt.invalid";
const HOME = "/";

/**
 * A page of this console from what an address says to go on to, else the first page: never another site, and
 * never the way in itself. `//evil`, `/\evil`, `javascript:` and control characters lead home.
 */
export function localPath(to: string | null | undefined): string {
  if (!to || to.length > 2_000 || !/^\/(?![/\\])/.test(to) || !URL.canParse(to, BASE)) return HOME;
  const url = new URL(to, BASE);
  if (url.origin !== BASE || /^\/(api|sign-in|join|_next)(\/|$)/.test(url.pathname)) return HOME;
  // What a browser drops from an address (tabs, line ends) must not change what was looked at here.
  const path = `${url.pathname}${url.search}${url.hash}`;
  return path.startsWith("//") ? HOME : path;
}

/** Where somebody without a session is led, and from there back to `path`. */
export function signInPath(path: string): string {
  const to = localPath(path);
  return to === HOME ? "/sign-in" : `/sign-in?to=${encodeURIComponent(to)}`;
}
