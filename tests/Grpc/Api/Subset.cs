namespace FoodDelivery.Tests.Grpc.Api;

/// <summary>Whether whatever compiles against one surface compiles against another.</summary>
static class Subset
{
    /// <summary>What the types that both have offer here and not there.</summary>
    public static IEnumerable<string> Extras(Surface ours, Surface theirs) =>
        from type in ours.Types.Values
        where theirs.Types.ContainsKey(type.Name)
        from extra in Extras(type, theirs.Types[type.Name])
        select $"{type.Name}: {extra}";

    /// <summary>The types here that are not there, in namespaces that are there.</summary>
    public static IEnumerable<string> ExtraTypes(Surface ours, Surface theirs)
    {
        var spaces = theirs.Types.Values.Select(type => type.Namespace).ToHashSet(StringComparer.Ordinal);
        return ours.Types.Values.Where(type => spaces.Contains(type.Namespace) && !theirs.Types.ContainsKey(type.Name)).Select(type => type.Name);
    }

    static IEnumerable<string> Extras(SurfaceType ours, SurfaceType theirs)
    {
        if ((ours.Base, ours.IsInterface) != (theirs.Base, theirs.IsInterface))
        {
            yield return $"is another kind of type, over '{ours.Base}' and not '{theirs.Base}'";
        }

        if ((theirs.IsSealed && !ours.IsSealed) || (theirs.IsAbstract && !ours.IsAbstract))
        {
            yield return "can be derived from or created";
        }

        foreach (var extra in ours.Interfaces.Except(theirs.Interfaces, StringComparer.Ordinal))
        {
            yield return $"implements {extra}";
        }

        foreach (var member in ours.Members)
        {
            if (theirs.Members.FirstOrDefault(candidate => candidate.Signature.Equals(member.Signature, StringComparison.Ordinal)) is not { } same)
            {
                yield return member.Signature;
            }
            else if (!same.Parameters.Equals(member.Parameters, StringComparison.Ordinal)
                || (member.IsPublic && !same.IsPublic)
                || (member.IsOverridable && !same.IsOverridable)
                || member.Optional > same.Optional)
            {
                yield return $"{member.Signature} differs in names ({member.Parameters}; {same.Parameters}), access, defaults or being virtual";
            }
        }

        // What others implement must be whole, or an implementation compiles on one side only.
        if (ours.IsInterface)
        {
            foreach (var missing in theirs.Members.Where(wanted => !ours.Members.Any(member => member.Signature.Equals(wanted.Signature, StringComparison.Ordinal))))
            {
                yield return $"lacks {missing.Signature}, which an implementation needs";
            }
        }
    }
}
