import type { Edit } from "./edit-queue.ts"
import type { Member } from "./member.ts"
import { mergeInFew } from "./update-joining.ts"

const TOGETHER_AT_MOST = 512
const TOGETHER_MAX_BYTES = 128 * 1024

/**
 * The oldest edits of everybody who has the same rights as `first`, to be judged with it. The edits of one socket keep
 * their order: who has one that can't go along keeps back those that follow on it.
 */
export function companyOf(
  first: Member,
  incoming: readonly Edit[],
): { readonly together: readonly Edit[]; readonly rest: Edit[] } {
  const rights = rightsOf(first)
  const together: Edit[] = []
  const rest: Edit[] = []
  const keptBack = new Set<Member>()
  let bytes = 0
  for (const edit of incoming) {
    const { member, alone, empty } = edit
    bytes += edit.bytes.length
    const goes = !alone && !empty && !keptBack.has(member) && !member.refusedHere && rightsOf(member) === rights
    if (goes && together.length < TOGETHER_AT_MOST && (bytes <= TOGETHER_MAX_BYTES || together.length === 0))
      together.push(edit)
    else {
      keptBack.add(member)
      rest.push(edit)
    }
  }
  return { together, rest }
}

/** Who have these alike are judged together. */
const rightsOf = ({ bearer: { mayEdit, party, roles } }: Member): string => [mayEdit, party, ...roles].join(" ")

/** Runs of one socket's edits as one each; null: something in them is no update, and the judge has to say which. */
export function mergeRuns(edits: readonly Edit[]): readonly Edit[] | null {
  const byMember = new Map<Member, Edit[]>()
  for (const edit of edits) {
    const run = byMember.get(edit.member)
    if (run) run.push(edit)
    else byMember.set(edit.member, [edit])
  }
  try {
    return [...byMember.values()].flatMap(mergeRun)
  } catch {
    return null
  }
}

function mergeRun(run: readonly Edit[]): readonly Edit[] {
  if (run.length === 1) return run
  let end = 0
  return mergeInFew(run.map((edit) => edit.bytes)).flatMap(({ bytes, of }) => {
    end += of
    const last = run[end - 1]
    return last ? [{ ...last, bytes }] : []
  })
}
