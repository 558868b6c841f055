// Words of an event's pictures and what to bring.
export const leaflet = {
  bring: '要带什么', bringSample: '比如：围裙，一个空瓶子', pictures: '图', add: '挂几张图', more: '再挂几张，还能挂 {n} 张', cover: '封面', isCover: '这张是封面', toCover: '把第 {n} 张换成封面', drop: '取下第 {n} 张', order: '点一张，它就是封面。',
}
