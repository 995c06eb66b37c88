import type { Me } from "@alternat/plan"
import { useNavigate } from "@tanstack/react-router"
import { Button as AriaButton } from "react-aria-components"
import { useSignOut } from "../api/index.ts"
import { useT } from "../i18n/index.ts"
import { useRegistry } from "../keys/index.ts"
import { setAppearance, type ThemeChoice, useAppearance } from "../theme/index.ts"
import { initials, Menu, MenuItem, MenuSection } from "../ui/index.ts"

const THEMES: readonly ThemeChoice[] = ["system", "light", "dark"]

/** One's own name, how the page looks, the keys, and the way out. */
export function UserMenu({ me }: { readonly me: Me }) {
  const t = useT()
  const { theme, colour } = useAppearance()
  const { openHelp, singleKeys, setSingleKeys } = useRegistry()
  const signOut = useSignOut()
  const navigate = useNavigate()
  const name = t.pick(me.name)
  return (
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
        onSelectionChange={(keys) => setAppearance({ colour: keys !== "all" && keys.has("none") ? "none" : "parties" })}
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
        <MenuItem id="sign-out" onAction={() => signOut.mutate()}>
          {t("shell.signOut")}
        </MenuItem>
      </MenuSection>
    </Menu>
  )
}
