package moonphase.luaj.lib;

import java.io.IOException;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.HashSet;
import java.util.Set;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaUserdata;

/**
 * The files of one VM, so that what scripts forget is written and closed: when a later file is
 * opened after Java collected the forgotten one, or at the end of the VM. One thread at a time.
 */
final class OpenFiles {
  private static final String KEY = "_FILES";

  private final ReferenceQueue<LuaUserdata> forgotten = new ReferenceQueue<>();
  private final Set<Entry> entries = new HashSet<>();

  private static final class Entry extends PhantomReference<LuaUserdata> {
    private final LuaFile file;

    Entry(LuaUserdata userdata, LuaFile file, ReferenceQueue<LuaUserdata> queue) {
      super(userdata, queue);
      this.file = file;
    }
  }

  /** Returns the files of a VM. */
  static OpenFiles of(Globals vm) {
    if (vm.registry.rawget(KEY).touserdata() instanceof OpenFiles files) {
      return files;
    }
    OpenFiles files = new OpenFiles();
    vm.registry.rawset(KEY, new LuaUserdata(files));
    return files;
  }

  void add(LuaUserdata userdata, LuaFile file) {
    closeForgotten();
    entries.add(new Entry(userdata, file, forgotten));
  }

  private void closeForgotten() {
    for (Reference<? extends LuaUserdata> r = forgotten.poll(); r != null; r = forgotten.poll()) {
      Entry entry = (Entry) r;
      entries.remove(entry);
      if (!entry.file.isClosed()) {
        FileMethods.close(entry.file);
      }
    }
  }

  /**
   * Writes what the open files hold in their buffers. A failure is nobody's to hear of any more.
   */
  void flush() {
    for (Entry entry : entries) {
      if (!entry.file.isClosed()) {
        try {
          entry.file.flush();
        } catch (IOException e) {
          continue;
        }
      }
    }
  }
}
