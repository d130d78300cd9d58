// The language of a plain page is the one in which the service wrote it.
export const isChinese = document.documentElement.lang !== "en";
export const say = (chinese, english) => (isChinese ? chinese : english);
export const told = (label) => (isChinese ? label.zh : label.en || label.zh);
