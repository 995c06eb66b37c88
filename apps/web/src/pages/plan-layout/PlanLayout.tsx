import { Outlet, useParams } from "@tanstack/react-router"
import { useEffect } from "react"
import { usePlanStream, useStanding } from "../../api/index.ts"
import { HalfWrittenProvider } from "../../half-written/index.ts"
import { useT } from "../../i18n/index.ts"
import { PlanSessionProvider, useIsPlanReady, useLivePlan, usePlanSession } from "../../live/index.ts"
import { ModeProvider } from "../../mode/index.ts"
import { Masthead } from "../../shell/Masthead.tsx"
import { useSignedIn } from "../../shell/SignedIn.tsx"
import { Loading, PartiesProvider, ProblemNotice } from "../../ui/index.ts"
import { ConnectionNotices } from "./ConnectionNotices.tsx"
import { KeptValues } from "./KeptValues.tsx"
import { ModeNotice } from "./ModeNotice.tsx"
import { PlanHeader } from "./PlanHeader.tsx"

/** Everything of one plan stands inside: its open document, its hints, its header. */
export function PlanLayout() {
  const { planId } = useParams({ from: "/signed-in/plans/$planId" })
  const me = useSignedIn()
  usePlanStream(planId)
  return (
    <PlanSessionProvider key={planId} planId={planId} me={me}>
      <HalfWrittenProvider userId={me.userId} planId={planId}>
        <WhenReady planId={planId} />
      </HalfWrittenProvider>
    </PlanSessionProvider>
  )
}

function WhenReady({ planId }: { readonly planId: string }) {
  const ready = useIsPlanReady()
  const standing = useStanding(planId)
  if (ready && standing.data) return <Ready isOpen={standing.data.status === "negotiation"} />
  return (
    <>
      <Masthead title="" />
      <main className="plain" id="content">
        {standing.error ? (
          <ProblemNotice error={standing.error} onAgain={() => void standing.refetch()} />
        ) : (
          <Loading lines={9} />
        )}
      </main>
    </>
  )
}

function Ready({ isOpen }: { readonly isOpen: boolean }) {
  const t = useT()
  const { me } = usePlanSession()
  const parties = useLivePlan((live) => live.plan.parties)
  const shortTitle = useLivePlan((live) => live.plan.shortTitle)
  useEffect(() => {
    document.title = `${t.pick(shortTitle)} · Alternat`
  }, [shortTitle, t])
  return (
    <PartiesProvider parties={parties}>
      <ModeProvider me={me} isOpen={isOpen}>
        <PlanHeader title={t.pick(shortTitle)} />
        <ConnectionNotices />
        <KeptValues />
        <ModeNotice />
        <Outlet />
      </ModeProvider>
    </PartiesProvider>
  )
}
