using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace FoodDelivery.Tests.Grpc.Api;

/// <summary>What an assembly offers: its public types and their members that others can call or override.</summary>
sealed record Surface(IReadOnlyDictionary<string, SurfaceType> Types)
{
    public static Surface Read(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        var reader = file.GetMetadataReader();
        return new Surface(reader.TypeDefinitions
            .Where(handle => IsVisible(reader, handle))
            .Select(handle => Read(reader, handle))
            .ToDictionary(type => type.Name, StringComparer.Ordinal));
    }

    static bool IsVisible(MetadataReader reader, TypeDefinitionHandle handle)
    {
        var type = reader.GetTypeDefinition(handle);
        return (type.Attributes & TypeAttributes.VisibilityMask) switch
        {
            TypeAttributes.Public => true,
            TypeAttributes.NestedPublic or TypeAttributes.NestedFamily or TypeAttributes.NestedFamORAssem => IsVisible(reader, type.GetDeclaringType()),
            _ => false,
        };
    }

    static SurfaceType Read(MetadataReader reader, TypeDefinitionHandle handle)
    {
        var type = reader.GetTypeDefinition(handle);
        var methods = type.GetMethods().Select(reader.GetMethodDefinition)
            .Where(method => IsOpen((int)(method.Attributes & MethodAttributes.MemberAccessMask))).Select(method => Read(reader, method));
        var fields = type.GetFields().Select(reader.GetFieldDefinition)
            .Where(field => IsOpen((int)(field.Attributes & FieldAttributes.FieldAccessMask))).Select(field => Read(reader, field));
        return new SurfaceType(
            SignatureText.NameOf(reader, handle),
            reader.GetString(type.Namespace),
            SignatureText.NameOf(reader, type.BaseType),
            type.Attributes.HasFlag(TypeAttributes.Interface),
            type.Attributes.HasFlag(TypeAttributes.Sealed),
            type.Attributes.HasFlag(TypeAttributes.Abstract),
            [.. type.GetInterfaceImplementations().Select(implementation => SignatureText.NameOf(reader, reader.GetInterfaceImplementation(implementation).Interface))],
            [.. methods, .. fields]);
    }

    static SurfaceMember Read(MetadataReader reader, MethodDefinition method)
    {
        var signature = method.DecodeSignature(new SignatureText(), null);
        var parameters = method.GetParameters().Select(reader.GetParameter).Where(parameter => parameter.SequenceNumber > 0).ToList();
        return new SurfaceMember(
            reader.GetString(method.Name),
            Signature(reader.GetString(method.Name), signature),
            string.Join(", ", parameters.Select(parameter => reader.GetString(parameter.Name))),
            method.Attributes.HasFlag(MethodAttributes.Public),
            method.Attributes.HasFlag(MethodAttributes.Virtual) && !method.Attributes.HasFlag(MethodAttributes.Final),
            parameters.Count(parameter => parameter.Attributes.HasFlag(ParameterAttributes.HasDefault)));
    }

    static SurfaceMember Read(MetadataReader reader, FieldDefinition field) => new(
        reader.GetString(field.Name),
        $"{(field.Attributes.HasFlag(FieldAttributes.Static) ? "static " : "")}{field.DecodeSignature(new SignatureText(), null)} {reader.GetString(field.Name)}",
        "",
        field.Attributes.HasFlag(FieldAttributes.Public),
        IsOverridable: false,
        Optional: 0);

    public static string Signature(string name, MethodSignature<string> signature) =>
        $"{(signature.Header.IsInstance ? "" : "static ")}{signature.ReturnType} {name}{(signature.GenericParameterCount > 0 ? $"`{signature.GenericParameterCount}" : "")}({string.Join(", ", signature.ParameterTypes)})";

    // Of both kinds of members: 4 is family, 5 family or assembly, 6 public.
    static bool IsOpen(int access) => access is 4 or 5 or 6;
}

sealed record SurfaceType(
    string Name, string Namespace, string Base, bool IsInterface, bool IsSealed, bool IsAbstract, IReadOnlyList<string> Interfaces, IReadOnlyList<SurfaceMember> Members);

sealed record SurfaceMember(string Name, string Signature, string Parameters, bool IsPublic, bool IsOverridable, int Optional);
