using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using Google.Protobuf.Reflection;
using Google.Rpc;

namespace FoodDelivery.Protos;

/// <summary>The compiled .proto files.</summary>
/// <remarks>
/// Google.Protobuf keeps what files depend on in a dictionary that is not safe for threads (protobuf issue 29696, open with 3.36.2): two files that are first used at the
/// same moment can break each other, and a broken one stays so until the process ends. So all of them are loaded one after the other before anything of this assembly is used.
/// </remarks>
public static class ProtoFiles
{
    /// <summary>All of the product's own.</summary>
    public static IReadOnlyList<FileDescriptor> All { get; } =
    [
        .. from type in typeof(ProtoFiles).Assembly.GetExportedTypes()
           where type is { IsAbstract: true, IsSealed: true } && type.Name.EndsWith("Reflection", StringComparison.Ordinal)
           select (FileDescriptor)type.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!,
    ];

    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "Nobody can be made to call it before the first use.")]
    internal static void Load()
    {
        // What an error's details are made of is another assembly's, and shares what the files depend on.
        _ = (All, StatusReflection.Descriptor, ErrorDetailsReflection.Descriptor);
    }
}
