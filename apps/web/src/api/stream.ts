import type { StreamHint } from "@alternat/plan"
import { type QueryClient, useQueryClient } from "@tanstack/react-query"
import { useEffect } from "react"
import { keys } from "./keys.ts"

/** Hints say what to ask for again, never what it is now, so a missed one costs a little staleness and nothing else. */
export function usePlanStream(planId: string): void {
  const client = useQueryClient()
  useEffect(() => {
    const source = new EventSource(`/api/plans/${encodeURIComponent(planId)}/stream`)
    const seen = (event: MessageEvent<string>) => applyHint(client, planId, event)
    for (const type of ["message", ...HINTS]) source.addEventListener(type, seen as EventListener)
    // after a gap the stream can't say what was missed
    source.addEventListener("open", () => void client.invalidateQueries({ queryKey: ["plan", planId] }))
    return () => source.close()
  }, [client, planId])
}

const HINTS: readonly StreamHint["type"][] = ["standing", "comments", "events", "version", "job"]

function applyHint(client: QueryClient, planId: string, event: MessageEvent<string>): void {
  const type = hintOf(event)
  if (!type) return
  const ask = (queryKey: readonly unknown[]) => void client.invalidateQueries({ queryKey })
  if (type === "comments") return ask(keys.comments(planId))
  if (type === "job") return ask(["plan", planId, "jobs"])
  ask(keys.events(planId))
  if (type === "events") return
  ask(keys.standing(planId))
  ask(keys.preflight(planId))
  ask(keys.versions(planId))
  ask(keys.ranking(planId))
  ask(keys.plans)
}

function hintOf(event: MessageEvent<string>): StreamHint["type"] | null {
  const named = HINTS.find((hint) => hint === event.type)
  if (named) return named
  try {
    const data = JSON.parse(event.data) as Partial<StreamHint>
    return HINTS.find((hint) => hint === data.type) ?? null
  } catch {
    // a keep-alive line is no hint
    return null
  }
}
