const SAFE = new Set(["GET", "HEAD", "OPTIONS"])

/**
 * Whether a request may change something, as far as where it comes from is concerned. Browsers send `Origin` with every
 * request of another site that could change something; a request with neither `Origin` nor `Sec-Fetch-Site` comes from
 * no browser, and so carries nobody else's cookie.
 */
export function isTrustedOrigin(
  request: { readonly method: string; readonly origin: string | undefined; readonly fetchSite: string | undefined },
  trusted: ReadonlySet<string>,
): boolean {
  if (SAFE.has(request.method)) return true
  if (request.origin !== undefined) return trusted.has(request.origin)
  return request.fetchSite === undefined || request.fetchSite === "same-origin" || request.fetchSite === "none"
}
