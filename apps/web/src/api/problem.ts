import type { Problem } from "@alternat/plan"

/** What the server said no to (RFC 9457), or that it could not be reached. */
export class ApiError extends Error {
  override readonly name = "ApiError"
  readonly problem: Problem
  /** in how many seconds the server wants to be asked again; null: it did not say */
  readonly retryAfterS: number | null

  constructor(problem: Problem, retryAfterS: number | null = null) {
    super(problem.detail || problem.title)
    this.problem = problem
    this.retryAfterS = retryAfterS
  }

  get status(): number {
    return this.problem.status
  }

  get code(): string {
    return this.problem.code
  }
}

export const NETWORK_PROBLEM: Problem = {
  type: "about:blank",
  title: "No connection",
  status: 0,
  code: "network",
  detail: "",
}

/** `Retry-After` as whole seconds; its other form, a date, is not one that our server writes. */
export function readRetryAfter(response: Response): number | null {
  const header = response.headers.get("retry-after") ?? ""
  return /^\d{1,6}$/.test(header) ? Number(header) : null
}

/** Reads a reply that is no success; a proxy's HTML page becomes a problem like any other. */
export async function readProblem(response: Response): Promise<Problem> {
  const fallback: Problem = {
    type: "about:blank",
    title: response.statusText || "Error",
    status: response.status,
    code: response.status === 401 ? "unauthenticated" : "http_error",
    detail: "",
  }
  const isJson = /json/.test(response.headers.get("content-type") ?? "")
  if (!isJson) return fallback
  const body: unknown = await response.json().catch(() => null)
  if (typeof body !== "object" || body === null) return fallback
  const partial = body as Partial<Problem> & { readonly message?: string }
  return { ...fallback, ...partial, status: response.status, detail: partial.detail ?? partial.message ?? "" }
}

export const isApiError = (error: unknown): error is ApiError => error instanceof ApiError
