export default {
  area: '柜台',
}
