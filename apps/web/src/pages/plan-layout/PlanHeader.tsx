import { Link, useNavigate, useRouterState } from "@tanstack/react-router"
import { useStanding } from "../../api/index.ts"
import { useT } from "../../i18n/index.ts"
import { useShortcuts } from "../../keys/index.ts"
import { usePlanSession } from "../../live/index.ts"
import { useMode } from "../../mode/index.ts"
import { Masthead } from "../../shell/Masthead.tsx"
import { Mark } from "../../ui/index.ts"
import { ModeEdge, ModeSays, ModeSwitch } from "./ModeBar.tsx"
import { Presence } from "./Presence.tsx"
import { SavedIndicator } from "./SavedIndicator.tsx"
import "./modes.css"

const PARTS = [
  { to: "/plans/$planId", key: "shell.tab.text", code: "Digit1" },
  { to: "/plans/$planId/priorities", key: "shell.tab.priorities", code: "Digit2" },
  { to: "/plans/$planId/roles", key: "shell.tab.roles", code: "Digit3" },
  { to: "/plans/$planId/costs", key: "shell.tab.costs", code: "Digit4" },
  { to: "/plans/$planId/history", key: "shell.tab.history", code: "Digit5" },
  { to: "/plans/$planId/sign-off", key: "shell.tab.signOff", code: "Digit6" },
] as const

/** Parts in which there is nothing to write into the plan. */
const NEVER_TYPED = /\/(?:history|sign-off)\/?$/

/** The masthead and the parts of one plan. What a part says at the right end of the tabs it puts in `#tabs-end`. */
export function PlanHeader({ title }: { readonly title: string }) {
  const t = useT()
  const { planId } = usePlanSession()
  const navigate = useNavigate()
  const { mode } = useMode()
  const isTypedInto = useRouterState({ select: ({ location }) => !NEVER_TYPED.test(location.pathname) })
  useShortcuts(
    PARTS.map((part) => ({
      id: `go-${part.code}`,
      strokes: ["KeyG", part.code],
      group: "shell",
      label: t("shell.keys.goTo", { part: t(part.key) }),
      run: () => void navigate({ to: part.to, params: { planId } }),
    })),
  )
  return (
    <>
      <Masthead
        title={title}
        end={
          <>
            <SavedIndicator />
            <Presence />
          </>
        }
      />
      <div className="tabrow">
        <nav className="tabs" aria-label={t("shell.parts")}>
          {PARTS.map((part) => (
            <Link
              key={part.to}
              to={part.to}
              params={{ planId }}
              activeOptions={{ exact: true }}
              activeProps={{ "aria-current": "page" }}
            >
              {t(part.key)}
            </Link>
          ))}
        </nav>
        <div className="tabs-end">
          <span id="tabs-end" className="tabs-slot" />
          {isTypedInto ? <ModeSays /> : null}
          <SignOffCount />
          {isTypedInto ? <ModeSwitch /> : null}
        </div>
      </div>
      <ModeEdge mode={isTypedInto ? mode : "read"} />
    </>
  )
}

function SignOffCount() {
  const t = useT()
  const { planId } = usePlanSession()
  const standing = useStanding(planId).data
  const signed = standing?.version?.signedBy.length ?? 0
  return (
    <span className="nb">
      <Mark name={signed === 0 ? "s0" : signed === 1 ? "s1" : "s2"} /> {t("shell.signOffOf", { count: signed })}
    </span>
  )
}
