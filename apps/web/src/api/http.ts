import { ApiError, NETWORK_PROBLEM, readProblem, readRetryAfter } from "./problem.ts"

/** GET, decoded; every failure is an {@link ApiError}. */
export const getJson = <T>(path: string, signal?: AbortSignal): Promise<T> => send<T>("GET", path, undefined, signal)
export const postJson = <T>(path: string, body: unknown = {}): Promise<T> => send<T>("POST", path, body)
export const patchJson = <T>(path: string, body: unknown): Promise<T> => send<T>("PATCH", path, body)
export const deleteJson = (path: string): Promise<void> => send<undefined>("DELETE", path)
export const putJson = <T>(path: string, body: unknown): Promise<T> => send<T>("PUT", path, body)

export interface Page<T> {
  readonly items: readonly T[]
  /** the cursor of the page that follows; null: this is the last one */
  readonly next: string | null
}

/** GET of a list that comes in pages: the `Link` header leads on. */
export async function getPage<T>(path: string, signal?: AbortSignal): Promise<Page<T>> {
  const response = await ask("GET", path, undefined, signal)
  const next = /<([^>]+)>; rel="next"/.exec(response.headers.get("link") ?? "")?.[1]
  const cursor = next === undefined ? null : new URLSearchParams(next.split("?")[1]).get("cursor")
  return { items: (await response.json()) as readonly T[], next: cursor }
}

async function send<T>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  const response = await ask(method, path, body, signal)
  if (response.status === 204) return undefined as T
  return (await response.json()) as T
}

async function ask(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<Response> {
  const response = await fetch(path, {
    method,
    credentials: "same-origin",
    headers:
      body === undefined
        ? { accept: "application/json" }
        : { accept: "application/json", "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  }).catch((cause: unknown) => {
    if (signal?.aborted) throw cause
    throw new ApiError(NETWORK_PROBLEM)
  })
  if (!response.ok) throw new ApiError(await readProblem(response), readRetryAfter(response))
  return response
}
