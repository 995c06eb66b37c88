import type { CommentCount, CommentEntry, CommentTarget, CommentThread } from "@alternat/plan"
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import { useEffect, useMemo, useRef } from "react"
import { getJson, getPage, patchJson, postJson } from "./http.ts"
import { keys } from "./keys.ts"
import { planPath } from "./plans.ts"

/**
 * Threads are read where they are looked at. What a page of the interface shows of all of them comes from the counts,
 * one line a place; a hint asks for the counts alone, and a place is read again when its line has changed.
 */
export const useCommentCounts = (planId: string) =>
  useQuery({
    queryKey: keys.commentCounts(planId),
    queryFn: ({ signal }) => getJson<readonly CommentCount[]>(`${planPath(planId)}/comment-counts`, signal),
  })

/** A stamp of these places: it changes whenever one of their threads has changed. */
export const stampOf = (counts: readonly Omit<CommentCount, "place">[]): string =>
  counts.map((one) => `${one.audience} ${one.open} ${one.resolved} ${one.entries} ${one.latest}`).join(";")

export interface ThreadFilter {
  readonly clause?: string
  readonly table?: string
  readonly row?: string
  readonly cell?: readonly string[]
  readonly status?: CommentThread["status"]
  readonly audience?: string
  readonly on?: "text"
}

export interface Paged<T> {
  /** those read so far, oldest first */
  readonly items: readonly T[]
  readonly hasEarlier: boolean
  readonly isReading: boolean
  readEarlier(): void
}

/** The latest threads of a place; earlier ones when they are asked for. `stamp` null: there are none to read. */
export function useThreadPages(
  planId: string,
  filter: ThreadFilter,
  stamp: string | null,
  { first = 10, more = 50 }: { readonly first?: number; readonly more?: number } = {},
): Paged<CommentThread> {
  return usePages<CommentThread>(
    keys.commentPages(planId, { ...filter, first }),
    `${planPath(planId)}/comments`,
    filter,
    stamp,
    { first, more },
  )
}

/** All entries of a long thread, the latest first; none is read before `isWanted`. */
export const useEntryPages = (planId: string, threadId: string, isWanted: boolean, count: number) =>
  usePages<CommentEntry>(
    keys.commentEntries(planId, threadId),
    `${planPath(planId)}/comments/${encodeURIComponent(threadId)}/entries`,
    {},
    isWanted ? `${count}` : null,
    { first: 100, more: 100 },
  )

function usePages<T>(
  queryKey: readonly unknown[],
  path: string,
  filter: ThreadFilter,
  stamp: string | null,
  sizes: { readonly first: number; readonly more: number },
): Paged<T> {
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => {
      const size = pageParam === null ? sizes.first : sizes.more
      const params = new URLSearchParams({ limit: `${size}`, ...(pageParam === null ? {} : { cursor: pageParam }) })
      for (const [name, value] of Object.entries(filter)) for (const one of [value].flat()) params.append(name, one)
      return getPage<T>(`${path}?${params}`, signal)
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    enabled: stamp !== null,
    staleTime: 0,
  })
  useReadAgain(stamp, query.refetch)
  const { data, fetchNextPage, hasNextPage, isFetching } = query
  return useMemo(
    () => ({
      items: stamp === null ? [] : (data?.pages.toReversed().flatMap((page) => page.items) ?? []),
      hasEarlier: hasNextPage,
      isReading: isFetching,
      readEarlier: () => void fetchNextPage(),
    }),
    [stamp, data, hasNextPage, isFetching, fetchNextPage],
  )
}

/** Reads again what is held when its stamp has changed; the first reading is the query's own. */
function useReadAgain(stamp: string | null, read: () => unknown): void {
  const held = useRef(stamp)
  useEffect(() => {
    const before = held.current
    held.current = stamp
    if (before !== null && stamp !== null && before !== stamp) read()
  }, [stamp, read])
}

/** One thread, wherever it stands in its list. */
export const useThread = (planId: string, threadId: string | null) =>
  useQuery({
    queryKey: keys.commentThread(planId, threadId ?? ""),
    queryFn: ({ signal }) =>
      getJson<CommentThread>(`${planPath(planId)}/comments/${encodeURIComponent(threadId ?? "")}`, signal),
    enabled: threadId !== null,
  })

export interface NewComment {
  readonly target: CommentTarget
  readonly audience: CommentThread["audience"]
  readonly text: string
  readonly due?: string | null
}

export function useCommentActs(planId: string) {
  const client = useQueryClient()
  const again = { onSettled: () => client.invalidateQueries({ queryKey: keys.comments(planId) }) }
  return {
    open: useMutation({
      mutationFn: (comment: NewComment) => postJson<CommentThread>(`${planPath(planId)}/comments`, comment),
      ...again,
    }),
    reply: useMutation({
      mutationFn: ({ threadId, text }: { readonly threadId: string; readonly text: string }) =>
        postJson<CommentThread>(`${planPath(planId)}/comments/${encodeURIComponent(threadId)}/replies`, { text }),
      ...again,
    }),
    setStatus: useMutation({
      mutationFn: ({ threadId, status }: { readonly threadId: string; readonly status: CommentThread["status"] }) =>
        patchJson<CommentThread>(`${planPath(planId)}/comments/${encodeURIComponent(threadId)}`, { status }),
      ...again,
    }),
  }
}
