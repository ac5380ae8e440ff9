using FoodDelivery.Platform.Hosting;
using FoodDelivery.Services.Customer;

return await ServiceRunner.Run(() => CustomerService.Build(args));
