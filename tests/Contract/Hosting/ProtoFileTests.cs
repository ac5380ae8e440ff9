using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.Loader;
using FoodDelivery.Protos;
using Google.Protobuf;
using Google.Rpc;

namespace FoodDelivery.Tests.Contract.Hosting;

/// <summary>The compiled .proto files, as a process finds them that has just started.</summary>
public sealed class ProtoFileTests
{
    private const int Starts = 10;

    [Fact]
    public void Many_threads_may_use_them_first_at_the_same_moment()
    {
        var broken = new ConcurrentBag<string>();
        for (var start = 0; start < Starts && broken.IsEmpty; start++)
        {
            var process = new NewProcess();
            UseAll(process, broken);
            process.Unload();
        }

        Assert.Empty(broken);
    }

    private static void UseAll(NewProcess process, ConcurrentBag<string> broken)
    {
        var uses = process.Files().ToList();
        Assert.True(uses.Count > 15, $"{uses.Count}");
        using var together = new Barrier(uses.Count);
        var threads = uses.Select(use => new Thread(() =>
        {
            together.SignalAndWait();
            try
            {
                Assert.NotNull(use.GetValue(null));
            }
            catch (TargetInvocationException failure)
            {
                broken.Add($"{use.DeclaringType}: {failure.InnerException}");
            }
        })).ToList();
        threads.ForEach(static thread => thread.Start());
        threads.ForEach(static thread => thread.Join());
    }

    // What is static is so for each context.
    private sealed class NewProcess() : AssemblyLoadContext(null, isCollectible: true)
    {
        private static readonly string[] Own = [.. new[] { typeof(ProtoFiles), typeof(ErrorInfo), typeof(IMessage) }.Select(static type => type.Assembly.GetName().Name!)];

        public IEnumerable<PropertyInfo> Files() =>
            from name in new[] { typeof(ProtoFiles), typeof(ErrorInfo) }
            from type in LoadFromAssemblyName(name.Assembly.GetName()).GetExportedTypes()
            where type is { IsAbstract: true, IsSealed: true } && type.Name.EndsWith("Reflection", StringComparison.Ordinal)
            where type.Namespace!.StartsWith(nameof(FoodDelivery), StringComparison.Ordinal) || type.Name is nameof(StatusReflection) or nameof(ErrorDetailsReflection)
            select type.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static);

        protected override Assembly? Load(AssemblyName assemblyName) =>
            Own.Contains(assemblyName.Name) ? LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, $"{assemblyName.Name}.dll")) : null;
    }
}
