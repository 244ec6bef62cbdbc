/* Select2 leaves a chosen author where the list has it; a byline has the order in which authors were chosen. */
"use strict";
django.jQuery(document).on("select2:select", "[data-in-order]", function (event) {
  const option = event.params.data.element;
  if (option) this.append(option);
  django.jQuery(this).trigger("change");
});
