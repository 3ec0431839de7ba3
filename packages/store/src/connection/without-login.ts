/** A url as it may be shown: without the login and the parameters that it may carry. */
export function withoutLogin(url: string): string {
  if (!URL.canParse(url)) return url;
  const { origin, pathname } = new URL(url);
  return pathname === '/' ? origin : `${origin}${pathname}`;
}
