// A member’s birthday: the month and the day, if they like.
export const birthday = { title: '生日', ask: '说个日子，街坊好给您道声好', about: '只记月和日，不记年份。哪家店都看不到，只用来认出生日的券。随时能删，离开时一起删掉。', none: '没说', month: '几月', day: '几号', monthN: '{n} 月', dayN: '{n} 号', save: '记下', forget: '删掉', saved: '记下了', forgotten: '删掉了' }
