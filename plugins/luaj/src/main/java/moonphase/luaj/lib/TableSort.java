package moonphase.luaj.lib;

import org.luaj.vm2.Budget;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaThread;
import org.luaj.vm2.LuaValue;

/**
 * {@code table.sort}: a quicksort by the median of three, of a copy of the list. One thread.
 *
 * <p>An order function that contradicts itself is noticed where a scan leaves its range. The table
 * is written when the sort is done; an error leaves it as it was. A yield in an order function is
 * refused.
 *
 * <p>Source: Lua 5.1 manual 5.5, table.sort.
 */
final class TableSort {
  private final LuaValue[] a;
  private final LuaValue order;
  private final Budget budget;

  private TableSort(LuaValue[] a, LuaValue order, Budget budget) {
    this.a = a;
    this.order = order;
    this.budget = budget;
  }

  static void sort(LuaTable table, int n, LuaValue order) {
    if (n < 2) {
      return;
    }
    LuaValue[] values = new LuaValue[n];
    for (int i = 0; i < n; i++) {
      values[i] = table.rawget(i + 1);
    }
    Globals vm = Globals.current();
    LuaThread thread = vm.running;
    thread.beginUnyieldable();
    new TableSort(values, order, vm.budget).sort(0, n - 1);
    thread.endUnyieldable();
    for (int i = 0; i < n; i++) {
      table.rawset(i + 1, values[i]);
    }
  }

  private void sort(int from, int to) {
    int low = from;
    int high = to;
    while (low < high) {
      orderPair(low, high);
      if (high - low == 1) {
        return;
      }
      int middle = low + high >>> 1;
      if (!orderPair(low, middle)) {
        orderPair(middle, high);
      }
      if (high - low == 2) {
        return;
      }
      int pivot = partition(low, high, middle);
      if (pivot - low < high - pivot) {
        sort(low, pivot - 1);
        low = pivot + 1;
      } else {
        sort(pivot + 1, high);
        high = pivot - 1;
      }
    }
  }

  /** Swaps two elements that stand in the wrong order; tells whether it did. */
  private boolean orderPair(int i, int j) {
    if (less(a[j], a[i])) {
      swap(i, j);
      return true;
    }
    return false;
  }

  /** Splits a range around its middle element; the ends are guards of the two scans. */
  private int partition(int low, int high, int middle) {
    LuaValue pivot = a[middle];
    swap(middle, high - 1);
    int i = low;
    int j = high - 1;
    while (true) {
      while (less(a[++i], pivot)) {
        if (i >= high) {
          throw new LuaError("invalid order function for sorting");
        }
      }
      while (less(pivot, a[--j])) {
        if (j <= low) {
          throw new LuaError("invalid order function for sorting");
        }
      }
      if (j < i) {
        swap(high - 1, i);
        return i;
      }
      swap(i, j);
    }
  }

  private void swap(int i, int j) {
    LuaValue x = a[i];
    a[i] = a[j];
    a[j] = x;
  }

  private boolean less(LuaValue x, LuaValue y) {
    budget.step();
    if (!order.isnil()) {
      return order.call(x, y).toboolean();
    }
    if (x instanceof LuaInteger m && y instanceof LuaInteger n) {
      return m.v < n.v;
    }
    if (x instanceof LuaString s && y instanceof LuaString t) {
      return s.compare(t) < 0;
    }
    return x.lt_b(y);
  }
}
