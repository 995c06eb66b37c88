/**
 * Which `Host` headers a node answers. A page whose name is pointed at this machine (DNS rebinding) is of one origin
 * with it for the browser; only the name in the header tells the two apart.
 */
export interface HostRule {
  readonly names: ReadonlySet<string>
  /** no name was given and all addresses are listened on: the address that a client has connected to is known too */
  readonly isAnyOwnAddress: boolean
}

const WILDCARDS = new Set(["0.0.0.0", "::"])

export function hostRule({ host, publicUrl }: { readonly host: string; readonly publicUrl: string }): HostRule {
  const publicName = bare(new URL(publicUrl).hostname)
  return { names: new Set([publicName, bare(host)]), isAnyOwnAddress: WILDCARDS.has(publicName) }
}

/** A header that is not there names no foreign host: HTTP/1.0 needs none. */
export function isKnownHost(rule: HostRule, header: string | undefined, localAddress: string | undefined): boolean {
  if (header === undefined) return true
  const name = nameIn(header)
  if (name === null) return false
  if (isLoopbackName(name) || rule.names.has(name)) return true
  return rule.isAnyOwnAddress && name === localAddress?.replace(/^::ffff:(?=\d+\.)/, "")
}

/** Whether only this machine reaches what is at this name; IPv6 with its brackets or without. */
export const isLoopbackName = (name: string): boolean =>
  ["localhost", "::1"].includes(bare(name)) || /^127(\.\d{1,3}){3}$/.test(name)

/**
 * Why a demo may not start there, or null: its accounts' password is published, so it is for this machine alone.
 */
export function demoRefusal({ host, publicUrl }: { readonly host: string; readonly publicUrl: string }): string | null {
  if (isLoopbackName(host) && URL.canParse(publicUrl) && isLoopbackName(new URL(publicUrl).hostname)) return null
  return `would let in everybody who reaches ${publicUrl} on HOST ${host}, because the demo's password is published: set DEMO=off, or HOST and PUBLIC_URL to loopback`
}

const HEADER = /^(\[[0-9a-f:.]+\]|[^\s/?#@\\:[\]]+)(:\d{1,5})?$/i

/** The name alone, as the URL standard spells it. */
function nameIn(header: string): string | null {
  if (!HEADER.test(header) || !URL.canParse(`http://${header}`)) return null
  return bare(new URL(`http://${header}`).hostname)
}

const bare = (name: string): string =>
  name
    .toLowerCase()
    .replace(/^\[|\]$/g, "")
    .replace(/\.$/, "")
