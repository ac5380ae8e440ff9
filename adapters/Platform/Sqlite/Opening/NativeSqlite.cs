using System.Reflection;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace FoodDelivery.Platform.Sqlite.Opening;

/// <summary>Chooses between the packaged SQLite and the machine's own: the newer one.</summary>
internal static class NativeSqlite
{
    private const string Packaged = "e_sqlite3";
    private const string OfTheMachine = "libsqlite3.so.0";

    private static readonly Lock Gate = new();
    private static bool _chosen;

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int VersionNumber();

    /// <summary>Must run before the first connection is made; again has no effect.</summary>
    public static void Choose()
    {
        lock (Gate)
        {
            if (!_chosen)
            {
                NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, Resolve);
                Batteries_V2.Init();
                _chosen = true;
            }
        }
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (!string.Equals(name, Packaged, StringComparison.Ordinal))
        {
            return 0;
        }

        NativeLibrary.TryLoad(Packaged, assembly, path, out var packaged);
        if (!OperatingSystem.IsLinux() || !NativeLibrary.TryLoad(OfTheMachine, out var machine))
        {
            return packaged;
        }

        return packaged == 0 || Version(machine) > Version(packaged) ? machine : packaged;
    }

    private static int Version(nint library) =>
        NativeLibrary.TryGetExport(library, "sqlite3_libversion_number", out var function)
            ? Marshal.GetDelegateForFunctionPointer<VersionNumber>(function)()
            : 0;
}
