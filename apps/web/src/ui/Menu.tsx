import type { ReactNode } from "react"
import {
  Menu as AriaMenu,
  MenuItem as AriaMenuItem,
  MenuSection as AriaMenuSection,
  Header,
  type MenuItemProps,
  type MenuSectionProps,
  MenuTrigger,
  Popover,
} from "react-aria-components"
import { Mark } from "./Mark.tsx"

/** A button's menu: `trigger` is any Button. */
export function Menu({
  trigger,
  label,
  children,
}: {
  readonly trigger: ReactNode
  readonly label: string
  readonly children: ReactNode
}) {
  return (
    <MenuTrigger>
      {trigger}
      <Popover className="pop-menu" placement="bottom end">
        <AriaMenu aria-label={label}>{children}</AriaMenu>
      </Popover>
    </MenuTrigger>
  )
}

export function MenuItem({
  children,
  ...props
}: Omit<MenuItemProps, "className" | "children"> & { readonly children: ReactNode }) {
  return (
    <AriaMenuItem
      {...props}
      className="menu-item"
      textValue={props.textValue ?? (typeof children === "string" ? children : "")}
    >
      {({ isSelected, selectionMode }) => (
        <>
          {selectionMode === "none" ? null : (
            <span className="menu-tick">{isSelected ? <Mark name="ok" /> : null}</span>
          )}
          {children}
        </>
      )}
    </AriaMenuItem>
  )
}

export function MenuSection<T extends object>({
  title,
  children,
  ...props
}: Omit<MenuSectionProps<T>, "className" | "children"> & { readonly title: string; readonly children: ReactNode }) {
  return (
    <AriaMenuSection {...props} className="menu-section">
      <Header>{title}</Header>
      {children}
    </AriaMenuSection>
  )
}
