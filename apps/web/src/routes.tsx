import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet } from "@tanstack/react-router"
import { HomePage } from "./pages/home/index.ts"
import { PlanLayout } from "./pages/plan-layout/index.ts"
import { SignInPage } from "./pages/sign-in/index.ts"
import { NotFound, PageError, SignedIn } from "./shell/index.ts"

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound, errorComponent: PageError })

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  component: SignInPage,
  validateSearch: (search: Record<string, unknown>): { next?: string; ready?: true } => {
    const { next, ready } = search
    // a path of ours, never another site's address
    const way = typeof next === "string" && /^\/(?![/\\])/.test(next) ? { next } : {}
    return ready === true ? { ...way, ready } : way
  },
})
const verify = createRoute({
  getParentRoute: () => root,
  path: "/verify",
  component: lazyRouteComponent(() => import("./pages/verify/index.ts"), "VerifyPage"),
})

const setup = createRoute({
  getParentRoute: () => root,
  path: "/setup",
  component: lazyRouteComponent(() => import("./pages/setup/index.ts"), "SetupPage"),
})

const signedIn = createRoute({ getParentRoute: () => root, id: "signed-in", component: SignedIn })
const home = createRoute({ getParentRoute: () => signedIn, path: "/", component: HomePage })
const plan = createRoute({ getParentRoute: () => signedIn, path: "/plans/$planId", component: PlanLayout })
const planText = createRoute({
  getParentRoute: () => plan,
  path: "/",
  component: lazyRouteComponent(() => import("./pages/plan-text/index.ts"), "PlanTextPage"),
})
const priorities = createRoute({
  getParentRoute: () => plan,
  path: "/priorities",
  component: lazyRouteComponent(() => import("./pages/priorities/index.ts"), "PrioritiesPage"),
})
const roles = createRoute({
  getParentRoute: () => plan,
  path: "/roles",
  component: lazyRouteComponent(() => import("./pages/roles/index.ts"), "RolesPage"),
})
const costs = createRoute({
  getParentRoute: () => plan,
  path: "/costs",
  component: lazyRouteComponent(() => import("./pages/costs/index.ts"), "CostsPage"),
})
const history = createRoute({
  getParentRoute: () => plan,
  path: "/history",
  component: lazyRouteComponent(() => import("./pages/history/index.ts"), "HistoryPage"),
})
const signOff = createRoute({
  getParentRoute: () => plan,
  path: "/sign-off",
  component: lazyRouteComponent(() => import("./pages/sign-off/index.ts"), "SignOffPage"),
})

export const createAppRouter = () =>
  createRouter({
    routeTree: root.addChildren([
      signIn,
      verify,
      setup,
      signedIn.addChildren([home, plan.addChildren([planText, priorities, roles, costs, history, signOff])]),
    ]),
    defaultPreload: "intent",
    scrollRestoration: true,
    defaultErrorComponent: PageError,
    defaultNotFoundComponent: NotFound,
  })

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createAppRouter>
  }
}
