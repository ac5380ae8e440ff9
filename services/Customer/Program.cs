using FoodDelivery.Platform.Hosting;
using FoodDelivery.Services.Customer;

return await ServiceRunner.Run("Customer", () => CustomerService.Build(args));
