import type { Me } from "@alternat/plan"
import { useNavigate } from "@tanstack/react-router"
import { useCallback, useState } from "react"
import { Button as AriaButton } from "react-aria-components"
import { useSignOut } from "../api/index.ts"
import { halfWrittenWork } from "../half-written/index.ts"
import { useT } from "../i18n/index.ts"
import { useRegistry } from "../keys/index.ts"
import { prepareToLeave, sayLeft, stayAfterAll, type UnsentText, useStay } from "../live/index.ts"
import { setAppearance, type ThemeChoice, useAppearance } from "../theme/index.ts"
import { Button, Dialog, initials, Menu, MenuItem, MenuSection } from "../ui/index.ts"

const THEMES: readonly ThemeChoice[] = ["system", "light", "dark"]

/** One's own name, how the page looks, the keys, and the way out. */
export function UserMenu({ me }: { readonly me: Me }) {
  const t = useT()
  const { theme, colour } = useAppearance()
  const { openHelp, singleKeys, setSingleKeys } = useRegistry()
  const { userId } = me
  const signOut = useSignOut({ left: () => sayLeft(userId), failed: () => stayAfterAll(userId) })
  const navigate = useNavigate()
  const name = t.pick(me.name)
  const [unsent, setUnsent] = useState<readonly UnsentText[] | null>(null)
  const leave = async () => {
    const work = [...(await prepareToLeave(userId)), ...halfWrittenWork(userId)]
    if (work.length > 0) setUnsent(work)
    else signOut.mutate(userId)
  }
  useStay(
    userId,
    useCallback(() => setUnsent(null), []),
  )
  const stay = () => {
    setUnsent(null)
    stayAfterAll(userId)
  }
  return (
    <>
      <Menu
        label={t("shell.menu", { name })}
        trigger={
          <AriaButton className="user-menu" aria-label={`${initials(name)}, ${t("shell.menu", { name })}`}>
            <span className="face n" aria-hidden="true">
              {initials(name)}
            </span>
          </AriaButton>
        }
      >
        <MenuSection title={`${name}, ${me.roles[0] ? t(`shell.role.${me.roles[0]}`) : ""}`}>
          <MenuItem id="verify" onAction={() => void navigate({ to: "/verify" })}>
            {t("shell.verify")}
          </MenuItem>
          <MenuItem id="keys" onAction={openHelp}>
            {t("shell.keys")}
          </MenuItem>
        </MenuSection>
        <MenuSection
          title={t("shell.theme")}
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[theme]}
          onSelectionChange={(keys) => {
            const next = THEMES.find((choice) => keys !== "all" && keys.has(choice))
            if (next) setAppearance({ theme: next })
          }}
        >
          {THEMES.map((choice) => (
            <MenuItem key={choice} id={choice}>
              {t(`shell.theme.${choice}`)}
            </MenuItem>
          ))}
        </MenuSection>
        <MenuSection
          title={t("shell.colour")}
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[colour]}
          onSelectionChange={(keys) =>
            setAppearance({ colour: keys !== "all" && keys.has("none") ? "none" : "parties" })
          }
        >
          <MenuItem id="parties">{t("shell.colour.on")}</MenuItem>
          <MenuItem id="none">{t("shell.colour.off")}</MenuItem>
        </MenuSection>
        <MenuSection
          title={t("shell.singleKeys")}
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[singleKeys ? "on" : "off"]}
          onSelectionChange={(keys) => setSingleKeys(keys !== "all" && keys.has("on"))}
        >
          <MenuItem id="on">{t("shell.singleKeys.on")}</MenuItem>
          <MenuItem id="off">{t("shell.singleKeys.off")}</MenuItem>
        </MenuSection>
        <MenuSection title={me.email}>
          <MenuItem id="sign-out" onAction={() => void leave()}>
            {t("shell.signOut")}
          </MenuItem>
        </MenuSection>
      </Menu>
      {signOut.isError ? <SignOutFailed onClose={() => signOut.reset()} /> : null}
      {unsent ? <UnsentWork work={unsent} onStay={stay} onLeave={() => signOut.mutate(userId)} /> : null}
    </>
  )
}

function SignOutFailed({ onClose }: { readonly onClose: () => void }) {
  const t = useT()
  return (
    <Dialog title={t("shell.signOut")} isOpen onClose={onClose} role="alertdialog">
      <p>{t("shell.signOut.failed")}</p>
      <p className="row">
        <Button onPress={onClose}>{t("shell.close")}</Button>
      </p>
    </Dialog>
  )
}

interface UnsentWorkProps {
  readonly work: readonly UnsentText[]
  readonly onStay: () => void
  readonly onLeave: () => void
}

/** Signing out removes this device's copies: what the server has not confirmed is offered as a file first. */
function UnsentWork({ work, onStay, onLeave }: UnsentWorkProps) {
  const t = useT()
  const save = () => {
    const text = work.map((one) => `${one.what}\n${one.text}\n`).join("\n")
    const url = URL.createObjectURL(new Blob([text], { type: "text/plain" }))
    Object.assign(document.createElement("a"), { href: url, download: "alternat-unsent.txt" }).click()
    URL.revokeObjectURL(url)
    onLeave()
  }
  return (
    <Dialog title={t("shell.unsent.title", { count: work.length })} isOpen onClose={onStay} role="alertdialog">
      <p>{t("shell.unsent.body")}</p>
      <p className="row">
        <Button look="ink" onPress={save}>
          {t("shell.unsent.save")}
        </Button>
        <Button onPress={onLeave}>{t("shell.unsent.drop")}</Button>
        <Button onPress={onStay}>{t("shell.cancel")}</Button>
      </p>
    </Dialog>
  )
}
