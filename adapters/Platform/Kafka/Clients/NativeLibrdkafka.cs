using System.Reflection;
using System.Runtime.InteropServices;
using Confluent.Kafka;

namespace FoodDelivery.Platform.Kafka.Clients;

/// <summary>Finds librdkafka: the one that came with the client's package, or else the machine's own.</summary>
internal static class NativeLibrdkafka
{
    private static readonly Lock Gate = new();
    private static bool _chosen;

    /// <summary>Must run before the first client is made; again has no effect.</summary>
    public static void Choose()
    {
        lock (Gate)
        {
            if (!_chosen)
            {
                NativeLibrary.SetDllImportResolver(typeof(Library).Assembly, Resolve);
                _chosen = true;
            }
        }
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (NativeLibrary.TryLoad(name, assembly, path, out var packaged))
        {
            return packaged;
        }

        // Without their developers' packages, systems have these under the names of their versions alone.
        var versioned = name switch
        {
            "librdkafka" => "librdkafka.so.1",
            "libdl" => "libdl.so.2",
            _ => null,
        };
        return versioned is not null && NativeLibrary.TryLoad(versioned, out var machine) ? machine : 0;
    }
}
