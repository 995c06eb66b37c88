import type { VersionInfo } from "@alternat/plan"
import { usePreflight, useStanding, useVersions } from "../../api/index.ts"
import { formatMoment, useT } from "../../i18n/index.ts"
import { usePlanSession } from "../../live/index.ts"
import { Loading, Mark } from "../../ui/index.ts"
import { BeforeFreeze } from "./BeforeFreeze.tsx"
import { ExportPanel } from "./ExportPanel.tsx"
import { ManifestHash } from "./ManifestHash.tsx"
import { PackPanel } from "./PackPanel.tsx"
import { PreflightList } from "./PreflightList.tsx"
import { SignatureCards } from "./SignatureCards.tsx"
import "./sign-off.css"

/** From "what still blocks" to two signatures over one hash, and the pack that proves it. */
export function SignOffPage() {
  const { planId } = usePlanSession()
  const standing = useStanding(planId).data
  const versions = useVersions(planId).data
  if (!standing || !versions)
    return (
      <main className="plain" id="content">
        <Loading lines={10} />
      </main>
    )
  const current =
    standing.status === "negotiation" ? null : (versions.toSorted((a, b) => b.number - a.number)[0] ?? null)
  return (
    <div className="sign-off">
      {current ? (
        <Frozen version={current} />
      ) : (
        <Open next={1 + Math.max(0, ...versions.map((version) => version.number))} />
      )}
    </div>
  )
}

function Open({ next }: { readonly next: number }) {
  const t = useT()
  const { planId } = usePlanSession()
  const preflight = usePreflight(planId).data
  const blocking = preflight?.items.filter((item) => item.severity === "blocks").length ?? 0
  return (
    <main className="so-main" id="content">
      <header className="so-top">
        <div>
          <h1>{t("signOff.open.title", { version: next })}</h1>
          <p>
            {preflight === undefined ? t("signOff.checking") : t("signOff.open.state", { count: blocking })}{" "}
            <span lang={t.other} className="dim">
              {preflight === undefined ? "" : t.in(t.other, "signOff.open.state", { count: blocking })}
            </span>
          </p>
        </div>
        <Steps signed={0} />
      </header>
      <BeforeFreeze preflight={preflight} next={next} />
      <aside className="so-side">
        <ExportPanel version={null} />
      </aside>
    </main>
  )
}

function Frozen({ version }: { readonly version: VersionInfo }) {
  const t = useT()
  const { planId } = usePlanSession()
  const preflight = usePreflight(planId).data
  return (
    <main className="so-main" id="content">
      <header className="so-top">
        <div>
          <h1>
            {t(version.status === "signed" ? "signOff.signed.title" : "signOff.frozen.title", {
              version: version.number,
            })}
          </h1>
          <p>
            {t("signOff.frozen.when", { when: formatMoment(t.lang, version.frozenAt) })}{" "}
            <span lang={t.other} className="dim">
              {t.in(t.other, "signOff.frozen.when", { when: formatMoment(t.other, version.frozenAt) })}
            </span>
          </p>
        </div>
        <Steps signed={version.signatures.length} />
      </header>
      <div>
        <ManifestHash hash={version.manifestHash} />
        <SignatureCards version={version} />
        <div className="so-limits">
          <p lang="en">{t.in("en", "signOff.limits")}</p>
          <p lang="ru">{t.in("ru", "signOff.limits")}</p>
        </div>
      </div>
      <aside className="so-side">
        <PackPanel version={version} />
        {preflight ? (
          <PreflightList
            title={t("signOff.warnings")}
            items={preflight.items.filter((item) => item.severity === "warning")}
          />
        ) : null}
        <ExportPanel version={version.number} />
      </aside>
    </main>
  )
}

function Steps({ signed }: { readonly signed: number }) {
  const t = useT()
  return (
    <p className="so-steps">
      {([0, 1, 2] as const).map((count) => (
        <span key={count} className={count === signed ? "now" : undefined}>
          <Mark name={(["s0", "s1", "s2"] as const)[count]} /> {t("signOff.of", { count })}
        </span>
      ))}
    </p>
  )
}
