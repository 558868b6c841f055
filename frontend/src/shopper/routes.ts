// The shopper's screens, under ShopperLayout. Only what has a real screen stands here, and in the tabs.
import type { RouteRecordRaw } from 'vue-router'

export const shopperRoutes: RouteRecordRaw[] = [
  { path: '', component: () => import('./pages/StreetPage.vue'), meta: { tab: 'street' } },
  { path: 'stores/:id', component: () => import('./pages/StorePage.vue'), meta: { bare: true } },
  { path: 'posts/:id', component: () => import('./pages/PostPage.vue'), meta: { bare: true } },
]
