using FoodDelivery.Customers.Members;

namespace FoodDelivery.Customers.Ports;

/// <summary>Where new membership numbers come from.</summary>
public interface IMembershipNumbers
{
    /// <summary>A number that nobody can guess and that very probably nobody has.</summary>
    MembershipNumber Draw();
}
