/** List prices, dated and sourced, in one file that a user may replace. */
package dev.fanbench.reports.price;
