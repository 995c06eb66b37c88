import { ApiError, NETWORK_PROBLEM, readProblem } from "./problem.ts"

/** GET, decoded; every failure is an {@link ApiError}. */
export const getJson = <T>(path: string, signal?: AbortSignal): Promise<T> => send<T>("GET", path, undefined, signal)
export const postJson = <T>(path: string, body: unknown = {}): Promise<T> => send<T>("POST", path, body)
export const patchJson = <T>(path: string, body: unknown): Promise<T> => send<T>("PATCH", path, body)
export const deleteJson = (path: string): Promise<void> => send<undefined>("DELETE", path)
export const putJson = <T>(path: string, body: unknown): Promise<T> => send<T>("PUT", path, body)

async function send<T>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
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
  if (!response.ok) throw new ApiError(await readProblem(response))
  if (response.status === 204) return undefined as T
  return (await response.json()) as T
}
