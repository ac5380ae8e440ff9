using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace FoodDelivery.Tests.Grpc.Api;

/// <summary>What an assembly uses of another: the signatures tell how that other looks.</summary>
sealed record Imports(IReadOnlySet<string> Types, IReadOnlyList<ImportedMember> Members)
{
    public static Imports Read(string path, string from)
    {
        using var file = new PEReader(File.OpenRead(path));
        var reader = file.GetMetadataReader();
        var types = reader.TypeReferences
            .Where(handle => IsFrom(reader, handle, from))
            .Select(handle => SignatureText.NameOf(reader, handle))
            .ToHashSet(StringComparer.Ordinal);
        var members = reader.MemberReferences.Select(reader.GetMemberReference)
            .Where(member => member.Parent.Kind is HandleKind.TypeReference or HandleKind.TypeSpecification)
            .Select(member => new ImportedMember(
                SignatureText.NameOf(reader, member.Parent).Split('<')[0],
                reader.GetString(member.Name),
                member.GetKind() == MemberReferenceKind.Method
                    ? Surface.Signature(reader.GetString(member.Name), member.DecodeMethodSignature(new SignatureText(), null))
                    : $"static {member.DecodeFieldSignature(new SignatureText(), null)} {reader.GetString(member.Name)}"))
            .Where(member => types.Contains(member.Type));
        return new Imports(types, [.. members]);
    }

    static bool IsFrom(MetadataReader reader, TypeReferenceHandle handle, string assembly)
    {
        var scope = reader.GetTypeReference(handle).ResolutionScope;
        return scope.Kind switch
        {
            HandleKind.TypeReference => IsFrom(reader, (TypeReferenceHandle)scope, assembly),
            HandleKind.AssemblyReference => reader.GetString(reader.GetAssemblyReference((AssemblyReferenceHandle)scope).Name)
                .Equals(assembly, StringComparison.Ordinal),
            _ => false,
        };
    }
}

sealed record ImportedMember(string Type, string Name, string Signature);
