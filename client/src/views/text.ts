export {
  accountPhrase,
  longValueText as longValue,
  many as counted,
  num as count,
  plain as markdown,
  rough,
  shortPhrase,
  valueText as shortValue,
} from "#core";
