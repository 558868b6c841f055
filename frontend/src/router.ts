// The whole map: each area brings its own routes and loads only when somebody goes there.
import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router'
import { allianceRoutes } from './alliance/routes'
import { merchantRoutes } from './merchant/routes'
import { guard } from './shared/session/guard'
import { withWords } from './shared/session/area'
import { shopperRoutes } from './shopper/routes'

const routes: RouteRecordRaw[] = [
  { path: '/docs', component: () => import('./shared/pages/DocsPage.vue') },
  { path: '/login', component: () => import('./shared/pages/LoginPage.vue') },
  { path: '/screen', component: withWords('screen', () => import('./screen/ScreenPage.vue')) },
  { path: '/j/:code', component: withWords('shopper', () => import('./shopper/pages/JoinPage.vue')) },
  { path: '/c/:code', component: withWords('shopper', () => import('./shopper/pages/TakePage.vue')) },
  { path: '/', component: withWords('shopper', () => import('./shopper/ShopperLayout.vue')), children: shopperRoutes },
  {
    path: '/m/:store', component: withWords('merchant', () => import('./merchant/MerchantLayout.vue')),
    children: merchantRoutes, meta: { needs: 'staff' },
  },
  {
    path: '/a', component: withWords('alliance', () => import('./alliance/AllianceLayout.vue')),
    children: allianceRoutes, meta: { needs: 'coordinator' },
  },
  { path: '/:anything(.*)*', component: () => import('./shared/pages/MissingPage.vue') },
]

export const router = createRouter({
  history: createWebHistory(),
  routes,
  scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? false : { top: 0 }),
})
router.beforeEach(guard)

/** After a new version was put up, a page of the old one may ask for a part that is gone: start over there, once. */
router.onError((error: unknown, to) => {
  if (!(error instanceof TypeError) || !/dynamically imported module|module script/i.test(error.message) || to.query.again) return
  location.assign(router.resolve({ path: to.path, query: { ...to.query, again: '1' } }).href)
})
