/** Templates with one escaping rule, for HTML and SVG that an XML parser accepts. */
package dev.fanbench.reports.markup;
