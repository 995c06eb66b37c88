import type { Problem } from "@alternat/plan"
import { isApiError } from "../api/index.ts"
import { useT } from "../i18n/index.ts"
import { Button } from "./Button.tsx"
import { Notice } from "./Notice.tsx"

/** An act that was refused: what the server said, item by item, and the way on. */
export function ProblemNotice({ error, onAgain }: { readonly error: unknown; readonly onAgain?: () => void }) {
  const t = useT()
  const problem: Problem | null = isApiError(error) ? error.problem : null
  const title = problem?.status === 409 ? t("shell.error.conflict") : (problem?.title ?? t("shell.error.title"))
  const detail = problem?.code === "network" ? t("shell.error.network") : (problem?.detail ?? String(error))
  return (
    <Notice
      alarm={problem?.status !== 409}
      live
      actions={
        onAgain ? (
          <Button small onPress={onAgain}>
            {t(problem?.status === 409 ? "shell.error.refresh" : "shell.error.retry")}
          </Button>
        ) : null
      }
    >
      <p>
        <b>{title}</b> {detail}
      </p>
      {problem?.items?.length ? (
        <ul className="problem-items">
          {problem.items.slice(0, 12).map((item) => (
            <li key={`${item.id}${item.code}`}>
              <span className="serif">{item.id}</span> {t.pick(item.message)}
            </li>
          ))}
        </ul>
      ) : null}
    </Notice>
  )
}
