/** The body of `/readyz`, of which a page reads one part. */
export interface Readiness {
  readonly parts?: Readonly<Record<string, string>>
}

/** No answer, and a server that keeps nothing on a disk of its own, say nothing of it. */
export const saysDiskIsLow = (body: Readiness | undefined): boolean => body?.parts?.["disk"] === "low"
