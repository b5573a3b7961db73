/** Of the field in which models are searched: the keyboard comes back to it from the list and from the last chip. */
export const SEARCH_ID = "model-search";
