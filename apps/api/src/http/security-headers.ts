import { createHash } from "node:crypto"

/**
 * Headers of every reply of this origin; `apps/alternat` sends them with the web app's files too.
 * Styles may be inline because editors and charts position by style attributes; scripts never are.
 */
export function securityHeaders(o: { readonly publicUrl: string }, page = ""): Readonly<Record<string, string>> {
  const url = new URL(o.publicUrl)
  const secure = url.protocol === "https:"
  return {
    "content-security-policy": contentSecurityPolicy(page),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    ...(secure ? { "strict-transport-security": "max-age=31536000" } : {}),
  }
}

/**
 * `connect-src 'self'` covers the page's own ws: and wss: too in current browsers; no outside address is ever needed.
 * Scripts that stand in `page` itself, such as the one that sets the theme before the first paint, pass by their hash.
 */
export const contentSecurityPolicy = (page = ""): string =>
  [
    "default-src 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "style-src 'self' 'unsafe-inline'",
    ["script-src 'self'", ...inlineScriptHashes(page)].join(" "),
    "worker-src 'self' blob:",
    "connect-src 'self'",
    "manifest-src 'self'",
  ].join("; ")

const inlineScriptHashes = (page: string): readonly string[] =>
  [...page.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)].map(
    ([, script = ""]) => `'sha256-${createHash("sha256").update(script).digest("base64")}'`,
  )
