using FoodDelivery.Kernel;

namespace FoodDelivery.Tests.Domain.Kernel;

/// <summary>What an owner of one store, of several or of none may ask about.</summary>
public sealed class AccessScopeTests
{
    private static readonly AccessScope Two = AccessScope.OfOwner("park", 2, 3);

    [Fact]
    public void An_owner_covers_all_its_stores_and_no_other()
    {
        Assert.Equal([false, true, true, false], new long[] { 1, 2, 3, 0 }.Select(store => Two.CoversStore(store)));
        Assert.Equal(3, Two.ForStore(3).Value);
        Assert.Equal([2L, 3L], Two.ForStores(null).Value);
        Assert.Equal([3L], Two.ForStores(3).Value);
        Assert.False(Two.CoversAll());
    }

    [Fact]
    public void Naming_anothers_store_is_refused_with_ones_own()
    {
        var refusal = Two.ForStores(1).Error!;
        Assert.Equal((ErrorKind.Forbidden, "NOT_YOURS", "storeId", "2, 3"), (refusal.Kind, refusal.Reason, refusal.Field, refusal.Expected));
        Assert.Equal(refusal, Two.ForStore(1).Error);
    }

    [Fact]
    public void Where_one_store_is_meant_an_owner_of_several_says_which()
    {
        var refusal = Two.ForStore(null).Error!;
        Assert.Equal((ErrorKind.Invalid, "storeId", "2, 3"), (refusal.Kind, refusal.Field, refusal.Expected));
        Assert.Equal(2, AccessScope.OfOwner("park", 2).ForStore(0).Value);
    }

    [Fact]
    public void Without_a_store_there_is_none_to_ask_about()
    {
        foreach (var scope in new[] { AccessScope.OfOwner("park"), AccessScope.OfOwner("park", 0), AccessScope.OfCustomer("kim") })
        {
            Assert.Equal("NO_STORE", scope.ForStore(null).Error!.Reason);
            Assert.Equal("NO_STORE", scope.ForStores(2).Error!.Reason);
        }
    }

    [Fact]
    public void Who_sees_everything_names_any_store_or_none()
    {
        Assert.Equal((0L, 7L), (AccessScope.Everything.ForStore(null).Value, AccessScope.Everything.ForStore(7).Value));
        Assert.Empty(AccessScope.Everything.ForStores(null).Value);
    }
}
